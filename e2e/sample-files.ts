import type { RepositoryFiles } from '#lib/testing/temp-repository.ts'

/** A small library in TypeScript that gives several pages and words to search for. */
export const SAMPLE_FILES: RepositoryFiles = {
  'README.md': '# Lighthouse keeper\n\nKeeps lamps lit.\n\n## Usage\n\n```sh\nnpm run light\n```\n',
  'package.json': JSON.stringify(
    {
      name: 'lighthouse-keeper',
      version: '1.2.0',
      description: 'Keeps lamps lit.',
      type: 'module',
      main: './src/index.ts',
      scripts: { light: 'node src/index.ts', test: 'node --test' },
    },
    null,
    2,
  ),
  'src/index.ts': `/** Entry: lights every lamp. */
import { lightLamp } from './lamps/lamp.ts'
import { readWeather } from './weather/weather.ts'

/** Lights as many lamps as the weather asks for. */
export function keep(count = 3): string[] {
  const fog = readWeather().fog
  return Array.from({ length: fog ? count * 2 : count }, (_, place) => lightLamp(place))
}
`,
  'src/lamps/lamp.ts': `/** Lamps: how one is lit. */

/** A lamp at a place of the tower. */
export interface Lamp {
  place: number
  /** Seconds between two flashes. */
  rhythm: number
}

/** Lights the lamp at \`place\` and answers its flashing pattern, the trimmedwick rhythm. */
export function lightLamp(place: number): string {
  return \`lamp-\${place}-trimmedwick\`
}
`,
  'src/weather/weather.ts': `/** Weather: what the sky is like. */

/** What is known of the sky. */
export interface Weather {
  fog: boolean
}

/** Reads the weather from the environment variable LIGHTHOUSE_FOG. */
export function readWeather(): Weather {
  return { fog: process.env.LIGHTHOUSE_FOG === 'true' }
}
`,
}
