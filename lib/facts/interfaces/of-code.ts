import type { Grammar } from '#lib/facts/languages.ts'
import { type CodeInterfaces, noInterfaces } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { goFlags } from './flags-go.ts'
import { javascriptFlags } from './flags-javascript.ts'
import { pythonFlags } from './flags-python.ts'
import { drizzleModels } from './models-drizzle.ts'
import { dieselModels, embeddedSql } from './models-embedded.ts'
import { gormModels } from './models-gorm.ts'
import { javaModels } from './models-java.ts'
import { laravelSteps } from './models-laravel.ts'
import { pythonModels } from './models-python.ts'
import { railsSteps } from './models-rails.ts'
import { typeormModels } from './models-typeorm.ts'
import { goRoutes } from './routes-go.ts'
import { javascriptRoutes } from './routes-javascript.ts'
import { pythonRoutes } from './routes-python.ts'

type Reader = (file: CodeFile) => Partial<CodeInterfaces>

const READERS: Partial<Record<Grammar, Reader>> = {
  typescript: javascript,
  tsx: javascript,
  python: (file) => ({
    flags: pythonFlags(file.root, file.source, file.packages),
    routes: pythonRoutes(file.root, file.source, file.packages),
    models: pythonModels(file),
    schemaSteps: embeddedSql(file),
  }),
  go: (file) => ({
    flags: goFlags(file.root, file.source, file.packages),
    routes: goRoutes(file.root, file.source, file.packages),
    models: gormModels(file),
    schemaSteps: embeddedSql(file),
  }),
  rust: (file) => ({ models: dieselModels(file), schemaSteps: embeddedSql(file) }),
  java: (file) => ({ models: javaModels(file), schemaSteps: embeddedSql(file) }),
  ruby: ({ source: { path, content } }) => ({
    schemaSteps: /(?:^|\/)db\/(?:\w*schema\.rb|migrate\/)/.test(path) ? railsSteps(path, content) : [],
  }),
  php: ({ source: { path, content } }) => ({
    schemaSteps: /(?:^|\/)migrations\//i.test(path) ? laravelSteps(path, content) : [],
  }),
}

/** What the code of one file offers to people and programs; a test file offers nothing. */
export function codeInterfaces(file: CodeFile): CodeInterfaces {
  if (file.isTest) return noInterfaces()
  return { ...noInterfaces(), ...READERS[file.source.grammar]?.(file) }
}

function javascript(file: CodeFile): Partial<CodeInterfaces> {
  const { root, source, packages } = file
  return {
    flags: javascriptFlags(root, source, packages),
    routes: javascriptRoutes(root, source, packages),
    models: [...drizzleModels(file), ...typeormModels(file)],
    schemaSteps: embeddedSql(file),
  }
}
