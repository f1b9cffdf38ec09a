"""The catalogue as one YAML file that people read and write: amounts in the currency's unit, shares in per cent."""
