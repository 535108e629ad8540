import express from 'express';

/** A route that parses the same JSON as `POST /api/events` and does nothing with it. Run as a process: `PORT` says where. */
const app = express();
app.disable('x-powered-by');
app.post(
  '/api/events',
  express.json({ limit: '5mb' }),
  (_, response) => void response.status(202).json({ id: 'none' }),
);
app.listen(Number(process.env.PORT), '127.0.0.1');
