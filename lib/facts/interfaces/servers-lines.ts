import type { Grammar } from '#lib/facts/languages.ts'
import type { RawServer } from '#lib/facts/parse/parsed-file.ts'
import type { CodeFile } from './code-file.ts'
import { codeBeforeTests } from './rust-tests.ts'

/** A line that starts a server, and what the file must hold besides. Its first group is the name. */
interface Start {
  line: RegExp
  file: RegExp
  /** Another thing that the file must hold, before or after. */
  also?: RegExp
}

const JVM: Start[] = [
  { line: /\b(SpringApplication\.run)\s*\(/, file: /\borg\.springframework\b/ },
  { line: /\b((?:Quarkus|Micronaut)\.run)\s*\(/, file: /\bio\.(?:quarkus|micronaut)\b/ },
  { line: /(?<!\w)(\w+\.start)\s*\(\s*(?:\w*[pP]ort\w*|\w*PORT\w*|\d{2,5})\b/, file: /\bJavalin\.create\s*\(/ },
  { line: /\b(Javalin\.create)\s*\([^;]*\)\s*\.start\s*\(/, file: /\bio\.javalin\b/ },
  {
    line: /\b(\w*[sS]erver\.start)\s*\(\s*\)/,
    file: /\bnew\s+Server\s*\(\s*\w|\b(?:Https?Server\.create|(?:Netty)?ServerBuilder\.forPort)\s*\(/,
  },
  { line: /\.(createHttpServer)\s*\(/, file: /\.listen\s*\(/ },
]

const STARTS: Partial<Record<Grammar, Start[]>> = {
  rust: [
    { line: /\b(axum::serve)\s*\(/, file: /\baxum::serve\b/ },
    { line: /(?<!::)\b(serve)\s*\(\s*\w*listener/, file: /\buse\s+axum::(?:serve\b|\{[^}]*\bserve\b)/ },
    { line: /\b((?:\w+::)*Server::bind)\s*\(/, file: /\b(?:hyper|axum)\b/ },
    { line: /\b(HttpServer::new)\s*\(/, file: /\bactix_web\b/, also: /\.run\s*\(/ },
    { line: /\b(warp::serve)\s*\(/, file: /\bwarp::serve\b/ },
    { line: /^\s*(#\[(?:rocket::)?launch\])/, file: /\brocket\b/ },
    { line: /\b(rocket::build)\s*\(/, file: /\.launch\s*\(/ },
    { line: /\b((?:tonic::transport::)?Server::builder)\s*\(/, file: /\btonic\b/, also: /\.serve(?:_with_\w+)?\s*\(/ },
    { line: /\b((?:poem::|salvo::)?Server::new)\s*\(/, file: /\buse\s+(?:poem|salvo)\b/ },
  ],
  java: JVM,
  kotlin: [
    ...JVM,
    { line: /\b(runApplication)\s*<\s*\w+\s*>\s*\(/, file: /\borg\.springframework\.boot\b/ },
    { line: /\b(embeddedServer)\s*\(/, file: /\bio\.ktor\b/ },
    { line: /\b(EngineMain\.main)\s*\(/, file: /\bio\.ktor\b/ },
  ],
  scala: [
    ...JVM,
    { line: /\.(newServerAt)\s*\(/, file: /\b(?:akka|pekko)\.http\b/ },
    { line: /\b((?:Ember|Blaze)ServerBuilder)\b(?!\s*[,}])/, file: /\bhttp4s\b/ },
    { line: /\bobject\s+(\w+)\s+extends\s+(?:cask\.)?MainRoutes\b/, file: /\bcask\b/ },
  ],
  'c-sharp': [
    { line: /\b(\w+\.Run(?:Async)?)\s*\(\s*["\w]*[^)]*\)\s*;/, file: /\bWebApplication\.Create(?:\w*Builder)?\s*\(/ },
    {
      line: /\b(Create(?:Web)?HostBuilder)\s*\(\s*\w+\s*\)\s*\.Build\s*\(\s*\)\s*\.Run(?:Async)?\s*\(/,
      file: /\b(?:ConfigureWebHostDefaults|UseStartup|UseKestrel)\b/,
    },
  ],
  ruby: [
    { line: /^\s*((?:\w+(?:::\w+)*\.)?run!)(?:\s|\(|$)/, file: /\bSinatra\b/ },
    { line: /\b(\w+\.start)\b/, file: /\bWEBrick::HTTPServer\.new\b/ },
    { line: /\b(Rackup?::(?:Handler::\w+|Server)\.(?:run|start))\b/, file: /\bRackup?::/ },
  ],
  php: [
    {
      line: /(\$\w+->start)\s*\(\s*\)/,
      file: /\bnew\s+\\?(?:Swoole|OpenSwoole)\\(?:Http|WebSocket)\\Server\s*\(|\buse\s+(?:Swoole|OpenSwoole)\\(?:Http|WebSocket)\\Server\b/i,
    },
    { line: /(\$\w+->listen)\s*\(\s*(?:\$\w*socket\w*|new\s)/i, file: /\bReact\\(?:Http|Socket)\b/ },
  ],
  swift: [
    {
      line: /\b(\w+\.(?:run|execute|runService))\s*\(\s*\)/,
      file: /\bimport\s+(?:Vapor|Hummingbird)\b/,
      also: /\bApplication(?:\.make)?\s*\(/,
    },
  ],
  elixir: [
    {
      line: /\b((?:Plug\.Cowboy\.https?|Bandit\.start_link))\s*[( ]/,
      file: /\buse Application\b|^(?:Plug\.Cowboy|Bandit)\./m,
    },
    { line: /\{\s*(Bandit|Plug\.Cowboy)\s*,/, file: /\b(?:Plug\.Cowboy|Bandit)\b/ },
    {
      line: /^\s*\{?\s*((?:\w+\.)*\w*Endpoint)\s*[,\]}]?\s*[,\]]?\s*$/,
      file: /\buse Application\b/,
      also: /\bSupervisor\.start_link\b/,
    },
  ],
}

/** Their files run from top to bottom; others need a `main`. */
const RUN_BY_THEMSELVES = /^(?:ruby|php|elixir|c-sharp)$/
const COMMENT = /^\s*(?:\/\/|\*|\/\*|#(?!\[))/

/** Calls that start a server, of languages whose ways are told by one line and what stands in the file. */
export function serversByLine({ source: { path, content, grammar } }: CodeFile): { servers: RawServer[] } {
  const starts = (STARTS[grammar] ?? []).filter(({ file, also }) => file.test(content) && (also?.test(content) ?? true))
  if (starts.length === 0) return { servers: [] }
  const code = grammar === 'rust' ? codeBeforeTests(content) : content
  const servers = code.split('\n').flatMap((line, at): RawServer[] => {
    if (line.length > 1_000 || COMMENT.test(line)) return []
    const range = { path, start: at + 1, end: at + 1 }
    const match = starts.map((start) => start.line.exec(line)).find((found) => found && !isQuoted(line, found.index))
    return match ? [{ name: match[1] ?? '', runs: RUN_BY_THEMSELVES.test(grammar), range }] : []
  })
  return { servers }
}

function isQuoted(line: string, at: number): boolean {
  return (line.slice(0, at).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1
}
