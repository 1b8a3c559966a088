import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { bundledScripts } from '#lib/site/bundle-scripts.ts'

/** `npm run site:scripts`: makes the scripts of sites from the modules in lib/site/assets, after one of them was changed. */
const folder = 'lib/site/minified'
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
for (const [name, text] of bundledScripts()) writeFileSync(`${folder}/${name}`, text)
