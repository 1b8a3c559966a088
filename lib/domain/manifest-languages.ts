import type { ManifestFact } from '#lib/domain/facts.ts'

const WRITTEN_IN: Record<ManifestFact['kind'], RegExp> = {
  npm: /Script|JSX|TSX|Vue|Svelte|Astro|CSS|HTML|WebAssembly/,
  pypi: /^(?:Python|Cython)$/,
  go: /^Go$/,
  cargo: /^Rust$/,
  maven: /^(?:Java|Kotlin|Scala|Groovy)$/,
  gradle: /^(?:Java|Kotlin|Scala|Groovy)$/,
  swift: /^Swift$/,
  nuget: /^(?:C#|F#|Visual Basic.*)$/,
  gem: /^Ruby$/,
  composer: /^PHP$/,
  hex: /^(?:Elixir|Erlang)$/,
  cmake: /^(?:C|C\+\+|Objective-C\+*|CUDA|Fortran)$/,
  other: /./,
}

/** Whether packages of a kind hold code in a language. */
export function isPackagedIn(kind: ManifestFact['kind'], language: string | null): boolean {
  return language !== null && WRITTEN_IN[kind].test(language)
}
