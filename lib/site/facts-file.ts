import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import type { SiteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

const MAX_SYMBOLS = 20_000

/** `facts.json`: what the site says of itself and what was read from the repository, for programs; docs/site.md has its fields. */
export function factsFile(model: SiteModel, citations: Map<string, SourceRange[]>): string {
  const { plan, repository, branch, commit, committedAt, facts } = model.input
  return `${JSON.stringify({
    format: 1,
    project: {
      name: plan.project_name,
      tagline: plan.tagline,
      repository,
      branch,
      commit,
      committed_at: committedAt,
      repo_type: plan.repo_type,
    },
    pages: model.pages.map(({ page, file, group, check }) => ({
      slug: page.slug,
      title: page.title,
      description: page.description,
      type: page.type,
      group,
      html: `${urlFrom(0, file)}.html`,
      markdown: `${urlFrom(0, file)}.md`,
      written_by: { provider: page.provenance.provider, model: page.provenance.model, commit: page.provenance.commit },
      checks: check?.counts ?? null,
      citations: citations.get(page.slug) ?? [],
    })),
    ...(facts ? interfaces(facts) : {}),
  })}\n`
}

function interfaces(facts: Facts) {
  const symbols = facts.symbols.filter((symbol) => symbol.public)
  const left = symbols.length - MAX_SYMBOLS
  return {
    symbols: symbols.slice(0, MAX_SYMBOLS).map(({ qualified, kind, signature, doc, range }) => {
      return { name: qualified, kind, signature, summary: doc?.summary ?? null, range }
    }),
    commands: facts.commands.map(({ name, aliases, help, range }) => ({ name, aliases, help, range })),
    flags: facts.flags.map(({ name, aliases, command, type, default: value, help, range }) => {
      return { name, aliases, command, type, default: value, help, range }
    }),
    environment: facts.environment.map(({ name, default: value, help, ranges }) => {
      return { name, default: value, help, ranges }
    }),
    routes: facts.routes.map(({ method, path, handler, range }) => ({ method, path, handler, range })),
    configuration_keys: facts.configurationKeys.map(({ name, type, default: value, help, range }) => {
      return { name, type, default: value, help, range }
    }),
    scripts: facts.scripts.map(({ name, command, runner, help, range }) => ({ name, command, runner, help, range })),
    dependencies: facts.dependencies.map(({ name, range: wanted, kind }) => ({ name, wanted, kind })),
    limits: [...facts.limits, ...(left > 0 ? [`${left} more public symbols are left out`] : [])],
  }
}
