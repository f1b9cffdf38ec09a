"""What is not as it should be: raised in the topic of alerts, listed, taken in hand, put right or explained."""
