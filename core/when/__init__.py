"""Time in words: what "明天下午三点" or "sat morning" says, whatever else stands in the sentence."""
