import type { Parser, RendererExtensionFunction, Token, Tokens } from 'marked'
import type { FoldToken, NoteToken, TabsToken } from '#lib/site/containers.ts'
import type { FootnoteMark, Footnotes } from '#lib/site/footnotes.ts'
import { escapeProse, type Html, html, trusted } from '#lib/site/html.ts'

/** How the tokens that page-lexer.ts adds to Markdown are written, by their type. */
export function extendedRenderers(footnotes: Footnotes): Record<string, RendererExtensionFunction> {
  return {
    tabs({ tabs }) {
      return tabsMarkup(tabs as TabsToken['tabs'], this.parser).text
    },
    fold(token) {
      const { title, tokens } = token as FoldToken
      return html`<details class="fold"><summary>${trusted(escapeProse(title))}</summary>
${inside(tokens, this.parser)}</details>
`.text
    },
    note(token) {
      const { kind, title, tokens } = token as NoteToken
      return callout({ kind, title, body: inside(tokens, this.parser) }).text
    },
    paired({ tag, tokens }: Tokens.Generic) {
      return `<${tag}>${this.parser.parseInline(tokens ?? [])}</${tag}>`
    },
    plain: ({ text }) =>
      html`<pre class="plain"><code>${String(text)}</code></pre>
`.text,
    footnote_mark: (token) => footnotes.mark(token as FootnoteMark).text,
    footnote_text: () => '',
  }
}

/** A note, tip or warning with its name, or a title of its own. */
export function callout({ kind, title, body }: { kind: string; title: string; body: Html }): Html {
  const name = title || kind.slice(0, 1) + kind.slice(1).toLowerCase()
  return html`<div class="callout callout-${kind.toLowerCase()}" role="note"><p class="callout-name">${name}</p>
${body}</div>
`
}

/** All parts one below the other, each with its name; a script makes tabs of them. */
function tabsMarkup(tabs: TabsToken['tabs'], parser: Parser): Html {
  const parts = tabs.map(
    ({ label, tokens }) => html`<div class="tab"><p class="tab-name">${trusted(escapeProse(label))}</p>
${inside(tokens, parser)}</div>
`,
  )
  return html`<div class="tabs">
${parts}</div>
`
}

function inside(tokens: Token[], parser: Parser): Html {
  return trusted(parser.parse(tokens))
}
