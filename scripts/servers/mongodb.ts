import mongoose from 'mongoose';
import { mongodbDownload } from './mongodb-download.ts';
import { onPath } from './on-path.ts';
import type { ServerSpecification } from './specification.ts';
import { fromWheel } from './wheel.ts';

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
    // Without it a killed server has lost acknowledged writes.
    return [...listen, '--sync-on-commit'];
  },
  // One node has nobody to fail over to; and to know a repeated write, SecantusDB goes through those of half an hour at each one.
  address: ({ main }) => `mongodb://127.0.0.1:${main}/voronka?directConnection=true&retryWrites=false`,
  check: (address) =>
    withAdmin(address, async (admin) => {
      await admin.command({ ping: 1 });
    }),
  prepare: (address) =>
    withAdmin(address, async (admin) => {
      const hello = await admin.command({ hello: 1 });
      if (hello.setName === undefined) {
        const host = address.replace(/^mongodb:\/\/([^/]+).*$/, '$1');
        await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host }] } });
      }
      if (hello.isWritablePrimary !== true) throw new Error('the replica set has no primary yet');
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
