"""What time does to the register: calendars, occurrences, reminders, summaries and the clock that ticks."""
