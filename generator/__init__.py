"""ziping: 绩效自评 documents from facts kept once as YAML."""

__version__ = "0.1.0"
