import type { SiteInput } from '#lib/domain/site.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

/** Texts that run code in a browser, or try to, when they are not escaped or judged rightly. */
export const VECTORS = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](java&amp;#115;cript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](java&Tab;script:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox(1))',
  '[x](//evil.example/x)',
  '[x](https://ok.example/" onmouseover="alert(1))',
  '[x](https://ok.example "t\\" onmouseover=alert(1) x=\\"")',
  '![x](javascript:alert(1))',
  '![x" onerror="alert(1)](https://ok.example/x.png)',
  '<javascript:alert(1)>',
  '[ref]: javascript:alert(1)\n\n[ref]',
  '[x](source:a"onclick=alert(1)#L1)',
  '[x](source:%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E#L1-L2)',
  '[x](page.md#"onclick=alert(1))',
  '```"><script>alert(1)</script>\ncode\n```',
  '```js\n</code></pre><script>alert(1)</script>\n```',
  '```mermaid\nflowchart LR\n a["<script>alert(1)</script>"] --> b["x\' onload=alert(1)"]\n```',
  '```mermaid\nflowchart LR\n a --> b\n style a fill:url(https://evil.example),stroke:"><script>alert(1)</script>\n```',
  '```mermaid\nflowchart LR\n a["<a href=\'javascript:alert(1)\'>x</a><foreignObject/>"] --> b\n```',
  '`<script>alert(1)</script>`',
  '# <img src=x onerror=alert(1)>',
  '| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | x |',
  '> [!NOTE]<script>alert(1)</script>',
  '<kbd><script>alert(1)</script></kbd>',
  '<kbd onclick=alert(1)>x</kbd>',
  '<br onload=alert(1)>',
  '<pre><script>alert(1)</script></pre>',
  '<!--><script>alert(1)</script>-->',
  '<!-- --><script>alert(1)</script>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '</title><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202e<script>alert(1)</script>\u0000',
  'x\u2028</script><script>alert(1)</script>',
  '::: tabs\n== <img src=x onerror=alert(1)>\n<script>alert(1)</script>\n== b" onclick="alert(1)\nx\n:::',
  '::: code-group\n```js [<img src=x onerror=alert(1)>]\nx\n```\n```"><script>alert(1)</script> [b" onclick="alert(1)]\ny\n```\n:::',
  '::: details <img src=x onerror=alert(1)>\n<script>alert(1)</script>\n:::',
  '::: warning "><svg onload=alert(1)>\n[x](javascript:alert(1))\n:::',
  '<details>\n<summary><img src=x onerror=alert(1)></summary>\n\n<script>alert(1)</script>\n\n</details>',
  '<details open ontoggle=alert(1)>\n<summary onclick=alert(1)>x</summary>\n\ny\n\n</details>',
  'a[^1]\n\n[^1]: <img src=x onerror=alert(1)> [x](javascript:alert(1))',
  'a[^"><img src=x onerror=alert(1)>]\n\n[^"><img src=x onerror=alert(1)>]: b',
  '```js title="><img src=x onerror=alert(1)>" {1} numbers=1\n</code><script>alert(1)</script>\n```',
]

/** The vector at every place where text of a repository or a writer enters a site. */
export function hostileSite(vector: string): SiteInput {
  const base = sampleSite()
  const provenance = { provider: vector, model: vector, runId: vector, commit: vector }
  const pages = [
    { slug: vector, title: vector, description: vector, type: 'guide' as const, markdown: vector, provenance },
  ]
  const entry = { slug: vector, title: vector, description: vector, type: 'guide' as const, kind: 'module' as const }
  const plan = { ...base.plan, project_name: vector, tagline: vector, navigation: [{ group: vector, pages: [entry] }] }
  const counts = {
    link: { total: 1, ok: 0 },
    citation: { total: 1, ok: 0 },
    path: { total: 1, ok: 0 },
    identifier: { total: 1, ok: 0 },
  }
  const checks = [{ slug: vector, counts, misses: [{ kind: 'link' as const, line: 1, claim: vector, found: vector }] }]
  const cited = {
    ...pages[0],
    slug: 'cites',
    markdown: `[${vector}](source:${encodeURIComponent(vector)}#L1)`,
  } as (typeof pages)[0]
  const sources = new Map([
    [vector, vector],
    [`${vector}.ts`, vector],
  ])
  const facts = { repository: vector, branch: vector, commit: vector, committedAt: vector, forgeBase: vector }
  const redirects = { [vector]: vector, gone: vector, old: 'cites' }
  return { plan, pages: [...pages, cited], checks, sources, redirects, ...facts }
}
