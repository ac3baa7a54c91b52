"""The blueprint of assignment."""

from flask import Blueprint

bp = Blueprint("assignment", __name__)
