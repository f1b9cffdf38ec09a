"""When and where: days at a glance, hours, days off, area, limits."""
