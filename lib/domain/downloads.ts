/** What a finished site is handed over as: a tar.gz of its files, or one HTML document. */
export const DOWNLOAD_FORMATS = ['archive', 'single-file'] as const
export type DownloadFormat = (typeof DOWNLOAD_FORMATS)[number]
