import type { Grammar } from '#lib/facts/languages.ts'
import { type CodeInterfaces, noInterfaces } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { goCommandLine } from './commands-go.ts'
import { cittyCommands, javascriptCommands } from './commands-javascript.ts'
import { pythonCommands } from './commands-python.ts'
import { flagsByHand } from './flags-by-hand.ts'
import { goFlags } from './flags-go.ts'
import { javaCommandLine } from './flags-java.ts'
import { javascriptFlags } from './flags-javascript.ts'
import { kingpinFlags } from './flags-kingpin.ts'
import { pythonFlags } from './flags-python.ts'
import { rustCommandLine } from './flags-rust.ts'
import { shellFlags } from './flags-shell.ts'
import { getoptTables, rubyFlags } from './flags-tables.ts'
import { typerCommandLine } from './flags-typer.ts'
import { goSettings } from './keys-go.ts'
import { javaKeys } from './keys-java.ts'
import { javascriptSettings } from './keys-javascript.ts'
import { pythonSettings } from './keys-python.ts'
import { rustKeys } from './keys-rust.ts'
import { mentionsIn } from './mentions.ts'
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
import { goServers } from './servers-go.ts'
import { javascriptServers } from './servers-javascript.ts'
import { serversByLine } from './servers-lines.ts'
import { pythonServers } from './servers-python.ts'

type Part = (file: CodeFile) => Partial<CodeInterfaces>

const JAVASCRIPT: Part[] = [
  ({ root, source, packages }) => ({ flags: javascriptFlags(root, source, packages) }),
  ({ root, source, packages }) => ({ flags: cittyCommands(root, source, packages).flatMap(({ flags }) => flags) }),
  javascriptCommands,
  javascriptRoutes,
  (file) => ({ routes: nestRoutes(file) }),
  (file) => ({ models: [...drizzleModels(file), ...typeormModels(file)] }),
  javascriptSettings,
  (file) => ({ schemaSteps: embeddedSql(file) }),
  javascriptServers,
]

const PARTS: Partial<Record<Grammar, Part[]>> = {
  typescript: JAVASCRIPT,
  tsx: JAVASCRIPT,
  python: [
    ({ root, source, packages }) => ({ flags: pythonFlags(root, source, packages) }),
    pythonCommands,
    typerCommandLine,
    pythonRoutes,
    djangoRoutes,
    (file) => ({ models: pythonModels(file) }),
    pythonSettings,
    pythonServers,
    (file) => ({ schemaSteps: embeddedSql(file) }),
  ],
  go: [
    ({ root, source, packages }) => ({ flags: goFlags(root, source, packages) }),
    kingpinFlags,
    goCommandLine,
    goRoutes,
    (file) => ({ models: gormModels(file) }),
    goSettings,
    goServers,
    (file) => ({ schemaSteps: embeddedSql(file) }),
  ],
  rust: [
    rustRoutes,
    rustCommandLine,
    (file) => ({ models: dieselModels(file), keys: rustKeys(file), schemaSteps: embeddedSql(file) }),
  ],
  java: [
    javaCommandLine,
    (file) => ({ routes: springRoutes(file), models: javaModels(file), keys: javaKeys(file) }),
    (file) => ({ schemaSteps: embeddedSql(file) }),
  ],
  bash: [shellFlags],
  cpp: [getoptTables],
  ruby: [rubyFlags, (file) => ({ routes: rubyRoutes(file), schemaSteps: rubySteps(file) })],
  php: [(file) => ({ routes: phpRoutes(file), schemaSteps: phpSteps(file) })],
}

/** What the code of one file offers to people and programs; a test file offers nothing. */
export function codeInterfaces(file: CodeFile): CodeInterfaces {
  const found = noInterfaces()
  found.mentions = mentionsIn(file.source, file.isTest)
  if (file.isTest) return found
  for (const part of PARTS[file.source.grammar] ?? []) add(found, part(file))
  add(found, serversByLine(file))
  const named = new Set(found.flags.flatMap(({ name, aliases }) => [name, ...aliases]))
  add(found, { flags: flagsByHand(file, named) })
  return found
}

function add(found: CodeInterfaces, part: Partial<CodeInterfaces>): void {
  found.flags.push(...(part.flags ?? []))
  found.commands.push(...(part.commands ?? []))
  found.commandMounts.push(...(part.commandMounts ?? []))
  found.routes.push(...(part.routes ?? []))
  found.mounts.push(...(part.mounts ?? []))
  found.models.push(...(part.models ?? []))
  found.schemaSteps.push(...(part.schemaSteps ?? []))
  found.keys.push(...(part.keys ?? []))
  found.variables.push(...(part.variables ?? []))
  found.servers.push(...(part.servers ?? []))
}

function rubySteps({ source: { path, content } }: CodeFile): CodeInterfaces['schemaSteps'] {
  return /(?:^|\/)db\/(?:\w*schema\.rb|migrate\/)/.test(path) ? railsSteps(path, content) : []
}

function phpSteps({ source: { path, content } }: CodeFile): CodeInterfaces['schemaSteps'] {
  return /(?:^|\/)migrations\//i.test(path) ? laravelSteps(path, content) : []
}
