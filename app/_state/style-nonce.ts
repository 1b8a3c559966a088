/**
 * The policy of the pages takes only style elements with the nonce of this answer. The one that stops the page from
 * scrolling under a dialog is added while the page runs; its library looks for the nonce under this name.
 */
export function shareStyleNonce(): void {
  const script = document.querySelector<HTMLScriptElement>('script[nonce]')
  Object.assign(window, { __webpack_nonce__: script?.nonce })
}
