import type { Grammar } from '#lib/facts/languages.ts'
import { type CodeInterfaces, noInterfaces } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import type { CommandLine } from './command-line.ts'
import { goCommandLine } from './commands-go.ts'
import { cittyCommands, javascriptCommands } from './commands-javascript.ts'
import { pythonCommands } from './commands-python.ts'
import { goFlags } from './flags-go.ts'
import { javaCommandLine } from './flags-java.ts'
import { javascriptFlags } from './flags-javascript.ts'
import { pythonFlags } from './flags-python.ts'
import { rustCommandLine } from './flags-rust.ts'
import { typerCommandLine } from './flags-typer.ts'
import { drizzleModels } from './models-drizzle.ts'
import { dieselModels, embeddedSql } from './models-embedded.ts'
import { gormModels } from './models-gorm.ts'
import { javaModels } from './models-java.ts'
import { laravelSteps } from './models-laravel.ts'
import { pythonModels } from './models-python.ts'
import { railsSteps } from './models-rails.ts'
import { typeormModels } from './models-typeorm.ts'
import { djangoRoutes } from './routes-django.ts'
import { goRoutes } from './routes-go.ts'
import { javascriptRoutes } from './routes-javascript.ts'
import { nestRoutes } from './routes-nest.ts'
import { phpRoutes } from './routes-php.ts'
import { pythonRoutes } from './routes-python.ts'
import { rubyRoutes } from './routes-ruby.ts'
import { rustRoutes } from './routes-rust.ts'
import { springRoutes } from './routes-spring.ts'

type Reader = (file: CodeFile) => Partial<CodeInterfaces>

const READERS: Partial<Record<Grammar, Reader>> = {
  typescript: javascript,
  tsx: javascript,
  python: (file) => ({
    ...pythonCommandLine(file),
    ...merged(pythonRoutes(file), djangoRoutes(file)),
    models: pythonModels(file),
    schemaSteps: embeddedSql(file),
  }),
  go: (file) => ({
    ...joined(
      { flags: goFlags(file.root, file.source, file.packages), commands: [], variables: [] },
      goCommandLine(file),
    ),
    ...goRoutes(file),
    models: gormModels(file),
    schemaSteps: embeddedSql(file),
  }),
  rust: (file) => ({
    ...rustRoutes(file),
    ...rustCommandLine(file),
    models: dieselModels(file),
    schemaSteps: embeddedSql(file),
  }),
  java: (file) => ({
    ...javaCommandLine(file),
    routes: springRoutes(file),
    models: javaModels(file),
    schemaSteps: embeddedSql(file),
  }),
  ruby: (file) => ({
    routes: rubyRoutes(file),
    schemaSteps: /(?:^|\/)db\/(?:\w*schema\.rb|migrate\/)/.test(file.source.path)
      ? railsSteps(file.source.path, file.source.content)
      : [],
  }),
  php: (file) => ({
    routes: phpRoutes(file),
    schemaSteps: /(?:^|\/)migrations\//i.test(file.source.path)
      ? laravelSteps(file.source.path, file.source.content)
      : [],
  }),
}

/** What the code of one file offers to people and programs; a test file offers nothing. */
export function codeInterfaces(file: CodeFile): CodeInterfaces {
  if (file.isTest) return noInterfaces()
  return { ...noInterfaces(), ...READERS[file.source.grammar]?.(file) }
}

function javascript(file: CodeFile): Partial<CodeInterfaces> {
  const { root, source, packages } = file
  const routed = javascriptRoutes(file)
  return {
    flags: [
      ...javascriptFlags(root, source, packages),
      ...cittyCommands(root, source, packages).flatMap(({ flags }) => flags),
    ],
    commands: javascriptCommands(file),
    routes: [...routed.routes, ...nestRoutes(file)],
    mounts: routed.mounts,
    models: [...drizzleModels(file), ...typeormModels(file)],
    schemaSteps: embeddedSql(file),
  }
}

function pythonCommandLine(file: CodeFile): CommandLine {
  const flags = pythonFlags(file.root, file.source, file.packages)
  return joined({ flags, commands: pythonCommands(file), variables: [] }, typerCommandLine(file))
}

function joined(a: CommandLine, b: CommandLine): CommandLine {
  return {
    flags: [...a.flags, ...b.flags],
    commands: [...a.commands, ...b.commands],
    variables: [...a.variables, ...b.variables],
  }
}

type Routed = Pick<CodeInterfaces, 'routes' | 'mounts'>

function merged(a: Routed, b: Routed): Routed {
  return { routes: [...a.routes, ...b.routes], mounts: [...a.mounts, ...b.mounts] }
}
