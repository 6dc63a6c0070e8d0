"""The table of symbols: every macro that stands for a sign, a letter or a name."""

from __future__ import annotations

from quizapp.mathtext.ast import Kind

_O, _B, _R = Kind.ORDINARY, Kind.BINARY, Kind.RELATION

LETTERS: dict[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "varpi": "ϖ",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
    "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ", "E": "𝔼",
}  # fmt: skip
"""Macros of letters. \\phi and \\varphi differ, as they do in print, for a course may use both."""

SYMBOLS: dict[str, tuple[str, Kind]] = {
    "cdot": ("·", _B), "times": ("×", _B), "div": ("÷", _B), "odot": ("⊙", _B),
    "otimes": ("⊗", _B), "oplus": ("⊕", _B), "ominus": ("⊖", _B), "circ": ("∘", _B),
    "star": ("⋆", _B), "ast": ("*", _B), "pm": ("±", _B), "mp": ("∓", _B), "cup": ("∪", _B),
    "cap": ("∩", _B), "setminus": ("∖", _B), "land": ("∧", _B), "wedge": ("∧", _B),
    "lor": ("∨", _B), "vee": ("∨", _B),
    "le": ("≤", _R), "leq": ("≤", _R), "ge": ("≥", _R), "geq": ("≥", _R), "ne": ("≠", _R),
    "neq": ("≠", _R), "lt": ("<", _R), "gt": (">", _R), "ll": ("≪", _R), "gg": ("≫", _R),
    "approx": ("≈", _R), "equiv": ("≡", _R), "sim": ("∼", _R), "simeq": ("≃", _R),
    "cong": ("≅", _R), "propto": ("∝", _R), "in": ("∈", _R), "notin": ("∉", _R), "ni": ("∋", _R),
    "subset": ("⊂", _R), "subseteq": ("⊆", _R), "supset": ("⊃", _R), "supseteq": ("⊇", _R),
    "to": ("→", _R), "rightarrow": ("→", _R), "leftarrow": ("←", _R), "gets": ("←", _R),
    "leftrightarrow": ("↔", _R), "mapsto": ("↦", _R), "Rightarrow": ("⇒", _R),
    "implies": ("⇒", _R), "Leftarrow": ("⇐", _R), "Leftrightarrow": ("⇔", _R), "iff": ("⇔", _R),
    "uparrow": ("↑", _R), "downarrow": ("↓", _R), "mid": ("|", _R), "perp": ("⊥", _R),
    "parallel": ("∥", _R),
    "infty": ("∞", _O), "partial": ("∂", _O), "nabla": ("∇", _O), "forall": ("∀", _O),
    "exists": ("∃", _O), "neg": ("¬", _O), "lnot": ("¬", _O), "top": ("⊤", _O), "bot": ("⊥", _O),
    "prime": ("′", _O), "emptyset": ("∅", _O), "varnothing": ("∅", _O), "angle": ("∠", _O),
    "vdots": ("⋮", _O), "ddots": ("⋱", _O),
    "ldots": ("…", Kind.DOTS), "dots": ("…", Kind.DOTS), "cdots": ("⋯", Kind.DOTS),
    "colon": (":", Kind.PUNCTUATION),
    "lfloor": ("⌊", Kind.OPEN), "rfloor": ("⌋", Kind.CLOSE), "lceil": ("⌈", Kind.OPEN),
    "rceil": ("⌉", Kind.CLOSE), "langle": ("⟨", Kind.OPEN), "rangle": ("⟩", Kind.CLOSE),
    "lvert": ("|", Kind.OPEN), "rvert": ("|", Kind.CLOSE), "lVert": ("‖", Kind.OPEN),
    "rVert": ("‖", Kind.CLOSE), "vert": ("|", Kind.BAR), "Vert": ("‖", Kind.BAR),
    "lbrace": ("{", Kind.OPEN), "rbrace": ("}", Kind.CLOSE),
    "{": ("{", Kind.OPEN), "}": ("}", Kind.CLOSE), "|": ("‖", Kind.BAR),
    "%": ("%", _O), "#": ("#", _O), "&": ("&", _O), "$": ("$", _O), "_": ("_", _O),
}  # fmt: skip
"""Macros of signs, each with how it behaves towards its neighbours."""

FUNCTIONS: dict[str, tuple[str, bool]] = {
    **{name: (name, False) for name in (
        "arg", "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "deg", "dim", "exp", "ker",
        "lg", "ln", "log", "sin", "sinh", "tan", "tanh", "softmax", "sign", "sgn", "ReLU",
    )},
    **{name: (name, True) for name in (
        "max", "min", "sup", "inf", "lim", "det", "Pr", "gcd", "argmax", "argmin",
    )},
}  # fmt: skip
"""Macros of upright names: what is shown, and whether the subscript goes below."""

BIG: dict[str, tuple[str, bool]] = {"sum": ("Σ", True), "prod": ("Π", True), "int": ("∫", False)}

ACCENTS: dict[str, str] = {
    "hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307",
    "ddot": "\u0308",
}  # fmt: skip
"""Combining characters; they take no cell of their own."""

SPACES: dict[str, int] = {
    ",": 1, ";": 1, ":": 1, " ": 1, "!": 0, "quad": 2, "qquad": 4,
}  # fmt: skip
"""Explicit spaces in cells; a terminal has nothing thinner than one."""

STYLES: dict[str, str] = {
    "mathbf": "bold", "boldsymbol": "bold", "mathbb": "blackboard", "mathcal": "script",
}  # fmt: skip

_BLACKBOARD_HOLES = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
_SCRIPT_HOLES = {
    "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ",
}  # fmt: skip
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

ALPHABETS: dict[str, dict[str, str]] = {
    "blackboard": {
        **{c: chr(0x1D538 + i) for i, c in enumerate(_CAPITALS)},
        **_BLACKBOARD_HOLES,
        "1": "𝟙",
    },
    "script": {**{c: chr(0x1D49C + i) for i, c in enumerate(_CAPITALS)}, **_SCRIPT_HOLES},
}
"""Letters of \\mathbb and \\mathcal; Unicode keeps some of them outside its contiguous block."""

DELIMITERS: dict[str, str] = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "<": "⟨", ">": "⟩",
    "\\{": "{", "\\}": "}", "\\|": "‖", "\\lbrace": "{", "\\rbrace": "}", "\\lfloor": "⌊",
    "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉", "\\langle": "⟨", "\\rangle": "⟩",
    "\\lvert": "|", "\\rvert": "|", "\\lVert": "‖", "\\rVert": "‖", "\\vert": "|", "\\Vert": "‖",
}  # fmt: skip
"""What may follow \\left and \\right."""

MATRICES: dict[str, tuple[str, str]] = {
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"), "matrix": ("", ""),
}  # fmt: skip

USAGE: dict[str, str] = {
    "frac": r"\frac{a}{b}", "tfrac": r"\tfrac{a}{b}", "dfrac": r"\dfrac{a}{b}",
    "binom": r"\binom{n}{k}", "sqrt": r"\sqrt{x} or \sqrt[n]{x}", "overline": r"\overline{x}",
    "underline": r"\underline{x}", "underbrace": r"\underbrace{x}_{label}",
    "operatorname": r"\operatorname{name}", "mathrm": r"\mathrm{name}", "text": r"\text{words}",
    "sym": r"\sym{name}",
    "left": r"\left( ... \right)", "right": r"\left( ... \right)",
    "begin": r"\begin{pmatrix} ... \end{pmatrix}", "end": r"\begin{pmatrix} ... \end{pmatrix}",
    **{name: f"\\{name}{{x}}" for name in ACCENTS},
    **{name: f"\\{name}{{X}}" for name in STYLES},
}  # fmt: skip
"""Macros that take arguments, each as it is written."""

CHARACTERS: dict[str, tuple[str, Kind]] = {
    # Read backwards, the table also says how a sign typed as itself behaves.
    **{text: (text, kind) for text, kind in SYMBOLS.values() if not text.isascii()},
    **{symbol: (symbol, _O) for symbol in "?@."},
    "-": ("−", _B), "−": ("−", _B), "+": ("+", _B), "*": ("*", _B),
    "=": ("=", _R), "<": ("<", _R), ">": (">", _R), ":": (":", _R),
    "(": ("(", Kind.OPEN), "[": ("[", Kind.OPEN), ")": (")", Kind.CLOSE), "]": ("]", Kind.CLOSE),
    "!": ("!", Kind.CLOSE), ",": (",", Kind.PUNCTUATION), ";": (";", Kind.PUNCTUATION),
    "|": ("|", Kind.BAR), "/": ("/", Kind.SLASH),
}  # fmt: skip
"""Characters that stand for themselves and are neither letters nor digits."""

KNOWN: frozenset[str] = frozenset(
    name
    for table in (LETTERS, SYMBOLS, FUNCTIONS, BIG, SPACES, USAGE)
    for name in table
    if name.isalpha()
)
"""Every macro there is, by name."""
