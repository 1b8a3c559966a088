CREATE TABLE `run_summaries` (
	`run_id` text PRIMARY KEY NOT NULL,
	`packed` blob NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
