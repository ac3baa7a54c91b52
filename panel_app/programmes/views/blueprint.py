"""The blueprint that this stage's pages hang on."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)
