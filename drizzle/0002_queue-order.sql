CREATE INDEX `runs_state` ON `runs` (`state`);--> statement-breakpoint
CREATE INDEX `runs_requested` ON `runs` (`requested_by`,`started_at`);