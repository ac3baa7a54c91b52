"""The blueprint that the view modules share."""

from flask import Blueprint

bp = Blueprint("outcomes", __name__)
