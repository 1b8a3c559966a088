const STORED = 'docsfy_single_keys'

/** Whether a single key may act. Speech input and slips of the finger press such keys by accident, so they can be turned off. */
export function singleKeysOn(): boolean {
  try {
    return window.localStorage.getItem(STORED) !== 'off'
  } catch {
    return true
  }
}

export function turnSingleKeys(on: boolean): void {
  try {
    window.localStorage.setItem(STORED, on ? 'on' : 'off')
  } catch {
    // Without storage the choice cannot be kept; the keys stay on.
  }
}
