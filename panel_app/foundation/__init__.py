"""What every stage stands on: database, happenings and audit, outbox, jobs, files, permissions, web."""
