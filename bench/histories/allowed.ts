/** What is known of a walk when an update is held against a full run. */
export interface Allowed {
  /** Ids of commits that the update has been at, this one included. */
  visited: ReadonlySet<string>
  /** When these were committed, as pages tell it. */
  times: ReadonlySet<string>
  /** Slugs of pages that are gone, with those they lead to. */
  redirects: ReadonlyMap<string, string>
}

interface Rule {
  files: RegExp
  /** Its first group stays, the rest is taken out where `isAllowed` finds commits and times of the walk alone. */
  pattern: RegExp
  why: string
}

/** All that may differ, each with its reason. Whatever else does is a fault. */
export const RULES: Rule[] = [
  {
    files: /^site\/.*\.html$/,
    pattern: /(<span class="stamp" title="Made from branch \S+ at commit )[0-9a-f]{40}">[0-9a-f]{7}/g,
    why: 'a page that is taken over names the commit that it was made from',
  },
  {
    files: /^site\/[^/]+\.html$/,
    pattern: /(<div><dt>Written from<\/dt><dd>)<code title="[0-9a-f]{40}">[0-9a-f]{7}<\/code>/g,
    why: 'a page that was not written again names the commit that it was written from',
  },
  {
    files: /^site\/[^/]+\.html$/,
    pattern: /()<div><dt>Still holds at<\/dt><dd><code title="[0-9a-f]{40}">[0-9a-f]{7}<\/code><\/dd><\/div>/g,
    why: 'a page that was not written again, but rendered, names the commit that it was held against',
  },
  {
    files: /^site\/[^/]+\.html$/,
    pattern: /(<div><dt>Committed<\/dt><dd>)<time datetime="([^"]+)">[\d-]{10}<\/time>/g,
    why: 'a page that is taken over tells when its commit was made',
  },
  {
    files: /^site\/[^/]+\.html$/,
    pattern: /(<span class="cite" title="[^"]* at )[0-9a-f]{7}(?=")/g,
    why: 'a citation of a page that is taken over names its commit',
  },
  {
    files: /^site\/source\/.*\.html$/,
    pattern: /(<p class="source-facts">\d+ lines? at )<code title="[0-9a-f]{40}">[0-9a-f]{7}<\/code>/g,
    why: 'a cited file that is the same is taken over with the commit that it was shown at',
  },
  {
    files: /^site\/receipts\/.*\.js$/,
    pattern: /^(docsfyReceipt\(.*?"commit":")[0-9a-f]{7}(?=")/g,
    why: 'cited lines of a file that is the same are taken over with the commit that they were shown at',
  },
  {
    files: /^site\/facts\.json$/,
    pattern: /("written_by":\{"provider":"builtin","model":"static","commit":")[0-9a-f]{40}(?=")/g,
    why: 'programs are told the commit that each page was written from',
  },
  { files: /^site\/\.docsfy-site\.json$/, pattern: /("run_id":")[0-9a-f-]{36}(?=")/g, why: 'it names the run' },
  {
    files: /^variant\/pages\/[^/]+\.json$/,
    pattern: /("run_id":")[0-9a-f-]{36}","commit":"[0-9a-f]{40}(?=",\n"facts":)/g,
    why: 'the note of a page names the run and the commit that it was written in',
  },
]

/** A text without what may differ. */
export function comparable(what: string, text: string, allowed: Allowed): string {
  if (/\/redirects\.json$/.test(what)) return ''
  let rest = text
  for (const { files, pattern } of RULES)
    if (files.test(what))
      rest = rest.replace(pattern, (all, kept: string) =>
        isOfWalk(all.slice(kept.length), allowed) ? `${kept}…` : all,
      )
  // A page without the line on what it was held against has none in its place either.
  return rest.replaceAll('</div>\n…\n', '</div>\n\n')
}

/** A page that leads readers of one that is gone to where they find the same now; only who had it can have that. */
export function isLeftOver(what: string, text: string, { redirects }: Allowed): boolean {
  if (what === 'site/redirects.json') return true
  const target = redirects.get(/^site\/([^/]+)\.html$/.exec(what)?.[1] ?? '')
  return target !== undefined && text.includes(`<meta http-equiv="refresh" content="0; url=${target}.html">`)
}

function isOfWalk(text: string, { visited, times }: Allowed): boolean {
  const commits = [...text.matchAll(/\b[0-9a-f]{40}\b|(?<=[">]|^)[0-9a-f]{7}(?=[<"]|$)/g)].map(([id]) => id)
  const known = [...visited]
  const told = [...text.matchAll(/datetime="([^"]+)"/g)].map(([, time = '']) => time)
  return commits.every((id) => known.some((one) => one.startsWith(id))) && told.every((time) => times.has(time))
}
