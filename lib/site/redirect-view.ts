import { html } from '#lib/site/html.ts'

/**
 * A small page at the address of one that is gone: leads on by itself, and by a link where a browser does not. It loads
 * nothing, so its policy allows nothing; dark where the reader's browser is, so that no white flashes on the way.
 */
export function renderRedirect(target: string, title: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url=${target}">
<meta name="robots" content="noindex">
<link rel="canonical" href="${target}">
<title>${title}</title>
</head>
<body>
<p>This page is now part of <a href="${target}">${title}</a>.</p>
</body>
</html>
`.text
}
