import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the space for new objects as small as it is now: left alone it grows to 134 MB of garbage while records arrive.
 * Only once every thread has loaded its code: what the compile cache holds was made under the usual flags.
 */
export function holdYoungSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** Lets it grow again as usual. */
export function releaseYoungSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
