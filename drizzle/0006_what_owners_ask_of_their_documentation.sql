CREATE TABLE `project_steering` (
	`project_id` text PRIMARY KEY NOT NULL,
	`steering` text NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
