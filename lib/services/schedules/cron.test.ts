import { describe, expect, it } from 'vitest'
import { checkedNextTime, nextTime } from '#lib/services/schedules/cron.ts'

const now = new Date('2026-03-28T12:00:00Z')
const rules = { minMinutes: 15, now }
const at = (cron: string, timeZone = 'UTC') => checkedNextTime({ cron, timeZone }, rules)

describe('a schedule', () => {
  it('is in its time zone, also across the change to summer time', () => {
    expect(at('0 3 * * *')).toBe('2026-03-29T03:00:00.000Z')
    expect(nextTime({ cron: '0 3 * * *', timeZone: 'Europe/Berlin' }, new Date('2026-03-27T12:00:00Z'))).toBe(
      '2026-03-28T02:00:00.000Z',
    )
    expect(at('0 3 * * *', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
    expect(at('30 9 * * MON-FRI', 'America/New_York')).toBe('2026-03-30T13:30:00.000Z')
  })

  it('is refused when two times lie too close together, even if only now and then', () => {
    expect(at('*/15 * * * *')).toBe('2026-03-28T12:15:00.000Z')
    for (const cron of ['* * * * *', '*/14 * * * *', '0,5 4 * * *', '0-10 * * * *'])
      expect(() => at(cron)).toThrow(/comes every .*minute.*no less than 15 minutes/)
    expect(() => at('59,0 * * * *')).toThrow('comes every minute')
  })

  it('is refused when it is none or never comes', () => {
    for (const cron of [
      '',
      'soon',
      '0 3 * *',
      '0 0 3 * * *',
      '61 * * * *',
      '@reboot',
      '0 3 * * * 2027',
      'x'.repeat(100),
    ])
      expect(() => at(cron)).toThrow('five fields')
    expect(() => at('0 0 30 2 *')).toThrow('never comes')
    for (const zone of ['Mars/Olympus', '+99:00', '', 'UTC; DROP'])
      expect(() => at('0 3 * * *', zone)).toThrow('is no time zone')
  })
})
