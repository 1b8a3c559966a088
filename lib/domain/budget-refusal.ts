/** How every sentence begins that refuses a call because of a budget. */
export const REFUSED = 'the budget of '

/** Whether a page stands in because a budget was reached. */
export function isBudgetRefusal(reason: string): boolean {
  return reason.startsWith(REFUSED)
}
