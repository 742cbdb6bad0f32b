"""Who may do what: `act`, identity, permissions, audit."""
