import { dirOf } from '#lib/facts/imports/paths.ts'
import { cargoManifest } from './cargo.ts'
import { cmakeManifest } from './cmake.ts'
import { composerManifest } from './composer.ts'
import { dotnetManifest } from './dotnet.ts'
import { gemManifest } from './gem.ts'
import { gradleManifest } from './gradle.ts'
import { hexManifest } from './hex.ts'
import { mavenManifest } from './maven.ts'
import type { ManifestText, PackageManifest } from './package-manifest.ts'
import { setupCfgManifest } from './setup-cfg.ts'
import { setupPyManifest } from './setup-py.ts'
import { swiftManifest } from './swift-package.ts'

const READERS: [RegExp, (manifest: ManifestText) => PackageManifest | null][] = [
  [/(?:^|\/)Cargo\.toml$/, cargoManifest],
  [/(?:^|\/)pom\.xml$/, mavenManifest],
  [/(?:^|\/)build\.gradle(?:\.kts)?$/, gradleManifest],
  [/\.(?:cs|fs|vb)proj$/, dotnetManifest],
  [/\.gemspec$/, gemManifest],
  [/(?:^|\/)composer\.json$/, composerManifest],
  [/(?:^|\/)mix\.exs$/, hexManifest],
  [/(?:^|\/)setup\.cfg$/, setupCfgManifest],
  [/(?:^|\/)setup\.py$/, setupPyManifest],
  [/(?:^|\/)CMakeLists\.txt$/, cmakeManifest],
  [/(?:^|\/)Package\.swift$/, swiftManifest],
]

/** Reads the manifests among the kept texts, in path order; one that does not parse is left out. */
export function packageManifests(texts: [path: string, text: string][], paths: ReadonlySet<string>): PackageManifest[] {
  return texts.flatMap(([path, text]) => {
    const reader = READERS.find(([pattern]) => pattern.test(path))?.[1]
    const manifest = reader?.({ path, dir: dirOf(path), text, paths })
    return manifest ? [manifest] : []
  })
}
