"""The only place that meets both sides: core's ports get their implementations, bots get their core."""
