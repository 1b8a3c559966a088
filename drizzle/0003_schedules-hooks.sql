CREATE TABLE `hooks` (
	`project_id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`needs_signature` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`last_received_at` text,
	`last_message` text,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hooks_token_hash_unique` ON `hooks` (`token_hash`);--> statement-breakpoint
CREATE TABLE `pending_refreshes` (
	`variant_id` text PRIMARY KEY NOT NULL,
	`trigger` text NOT NULL,
	`requested_at` text NOT NULL,
	FOREIGN KEY (`variant_id`) REFERENCES `variants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `schedules` (
	`variant_id` text PRIMARY KEY NOT NULL,
	`cron` text NOT NULL,
	`time_zone` text NOT NULL,
	`next_at` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`last_checked_at` text,
	`last_result` text,
	`last_message` text,
	FOREIGN KEY (`variant_id`) REFERENCES `variants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `schedules_next` ON `schedules` (`next_at`);