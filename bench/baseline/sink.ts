import { SMTPServer } from 'smtp-server';

/** An SMTP server that takes every mail and throws it away. Run as a process: `PORT` says where. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.resume();
    stream.once('end', () => done());
  },
});
server.listen(Number(process.env.PORT), '127.0.0.1');
