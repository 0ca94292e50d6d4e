"""Linli (邻里): the software a neighbourhood runs on."""

__version__ = "0.1.0"
