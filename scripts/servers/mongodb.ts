import mongoose from 'mongoose';
import { mongodbDownload } from './mongodb-download.ts';
import { onPath } from './on-path.ts';
import type { ServerSpecification } from './specification.ts';
import { fromWheel } from './wheel.ts';

/** Without it a killed SecantusDB has lost acknowledged writes. */
const syncedCommits = '--sync-on-commit';

/**
 * Of one process, to the server in Python. It runs one thread at a time, and threads that take turns at it within each
 * request cost half as much again as the requests themselves. Not one: a plain write that waits for a transaction to end
 * would keep its way to the server from it.
 */
const requestsAtOnce = 2;

/** MongoDB as a replica set of one node, because transactions are used; or SecantusDB, which speaks its protocol. */
export const mongodb: ServerSpecification = {
  name: 'mongodb',
  title: 'MongoDB',
  variable: 'MONGODB_URI',
  sources: [
    onPath('mongod', 'mongod'),
    // The same author's faster server in Rust.
    onPath('secantusd-rs', 'secantus-rs'),
    mongodbDownload('8.2.6'),
    fromWheel({ name: 'secantusdb', version: '0.7.0b3', program: 'secantusd-py', flavour: 'secantus-py' }),
  ],
  cure: 'Install MongoDB (https://www.mongodb.com/docs/manual/installation/) or Python 3.10+, or set MONGODB_URI to a running replica set.',
  usualPorts: { main: 27_017 },
  args(flavour, { main }, folder) {
    if (flavour === 'mongod')
      return ['--bind_ip', '127.0.0.1', '--port', `${main}`, '--dbpath', folder, '--replSet', 'rs0'];
    const listen = ['--host', '127.0.0.1', '--port', `${main}`, '--storage-path', folder, '--log-level', 'WARNING'];
    // Transactions need no replica set here, and without one nothing is written for change streams, which nobody reads.
    return [...listen, '--standalone', syncedCommits];
  },
  address(flavour, { main }) {
    // One node has nobody to fail over to; and to know a repeated write, SecantusDB goes through those of half an hour at each one.
    const address = `mongodb://127.0.0.1:${main}/voronka?directConnection=true&retryWrites=false`;
    return flavour === 'secantus-py' ? `${address}&maxPoolSize=${requestsAtOnce}` : address;
  },
  check: (address) =>
    withAdmin(address, async (admin) => {
      await admin.command({ ping: 1 });
    }),
  prepare: (flavour, address) =>
    withAdmin(address, async (admin) => {
      const hello = await admin.command({ hello: 1 });
      if (flavour === 'mongod' && hello.setName === undefined) {
        const host = address.replace(/^mongodb:\/\/([^/]+).*$/, '$1');
        await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
      }
      if (hello.isWritablePrimary !== true) throw new Error('it takes no writes yet');
    }),
};

async function withAdmin(address: string, work: (admin: mongoose.mongo.Db) => Promise<void>): Promise<void> {
  const client = new mongoose.mongo.MongoClient(address, { serverSelectionTimeoutMS: 1_000 });
  try {
    await work(client.db('admin'));
  } finally {
    await client.close();
  }
}
