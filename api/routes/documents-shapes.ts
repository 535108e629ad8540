import { z } from 'zod';
import { documentFormats } from '../../engine/model/document.ts';
import { language } from '../../engine/schema/common.ts';
import { documentStatuses } from '../../store/models/document.ts';
import { jsonObject, localizedText, time } from '../shapes.ts';

/** Shapes of documents in the API. */

const fileOf = z.object({ sha256: z.string(), size: z.number().describe('bytes') });
export const documentStatus = z.enum(documentStatuses);
export const formatQuery = z.object({ format: z.enum(documentFormats).default('pdf') });

export const documentAnswer = z.object({
  id: z.string(),
  number: z.string(),
  series: z.string(),
  status: documentStatus,
  template: z.object({ key: z.string(), hash: z.string().describe('of the version that it was made from') }),
  contactId: z.string(),
  dealId: z.string().optional(),
  gross: z.number(),
  language,
  currency: z.string(),
  pdf: fileOf.optional(),
  docx: fileOf.optional(),
  supersedes: z.string().optional(),
  supersededBy: z.string().optional(),
  voided: z.object({ reason: z.string(), by: z.string(), at: time }).optional(),
  createdBy: z.string(),
  createdAt: time,
});
export const wholeAnswer = documentAnswer.extend({ snapshot: jsonObject.describe('all data that it was made from') });

export const templateAnswer = z.object({
  key: z.string(),
  name: localizedText,
  description: localizedText.optional(),
  series: z.string(),
  fields: z.record(z.string(), z.object({ name: localizedText, required: z.boolean() })),
  formats: z.array(z.enum(documentFormats)),
});
