import mongoose, { Types } from 'mongoose';

/** A kept file. Its bytes never change. */
export interface StoredFile {
  /** 24 hex digits. */
  id: string;
  name: string;
  /** Media type as its sender named it. */
  type: string;
  /** Bytes. */
  size: number;
}

/**
 * The file store: GridFS, so that files are kept, copied and backed up with everything else.
 * @returns what was kept; a file whose id is there already stays as it is
 */
export async function keepFile({ id, name, type }: Omit<StoredFile, 'size'>, content: Buffer): Promise<StoredFile> {
  const known = await describeFile(id);
  if (known !== null) return known;
  const _id = new Types.ObjectId(id);
  // Chunks without a file were left by a process that ended between the two.
  await database().collection(`${bucketName}.chunks`).deleteMany({ files_id: _id });
  const upload = bucket().openUploadStreamWithId(_id, name, { metadata: { type } });
  await new Promise((resolve, reject) => upload.on('finish', resolve).on('error', reject).end(content));
  return { id, name, type, size: content.length };
}

/** Null for an unknown id. */
export async function describeFile(id: string): Promise<StoredFile | null> {
  if (!/^[0-9a-f]{24}$/.test(id)) return null;
  const [found] = await bucket()
    .find({ _id: new Types.ObjectId(id) })
    .limit(1)
    .toArray();
  if (found === undefined) return null;
  return { id, name: found.filename, type: String(found.metadata?.type ?? ''), size: found.length };
}

/** The bytes of a file that is there. */
export function readFile(id: string): mongoose.mongo.GridFSBucketReadStream {
  return bucket().openDownloadStream(new Types.ObjectId(id));
}

/** All bytes of a file that is there. */
export async function loadFile(id: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readFile(id)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const bucketName = 'files';

function bucket(): mongoose.mongo.GridFSBucket {
  return new mongoose.mongo.GridFSBucket(database(), { bucketName });
}

function database(): mongoose.mongo.Db {
  const { db } = mongoose.connection;
  if (db === undefined) throw new Error('the store is not connected');
  return db;
}
