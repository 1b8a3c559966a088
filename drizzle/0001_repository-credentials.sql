CREATE TABLE `repository_credentials` (
	`username` text NOT NULL,
	`host` text NOT NULL,
	`sealed` text NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`username`, `host`)
);
