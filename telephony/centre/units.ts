import { z } from 'zod';

export const share = z.number().min(0).max(1);
export const weight = z.number().nonnegative();
/** Log-normal: half of the values are below the median; `spread` is the standard deviation of the logarithm. */
export const duration = z.strictObject({ medianSeconds: z.number().positive(), spread: z.number().nonnegative() });
export type Duration = z.infer<typeof duration>;
