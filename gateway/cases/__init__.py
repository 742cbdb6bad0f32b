"""What is on record of a person's case: sentences, contacts, enforcement, registrations, needs."""
