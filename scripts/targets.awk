# List a Makefile's targets: groups from lines `##@ text`, targets from `name: ## text`.
/^##@ / { printf "\n%s\n", substr($0, 5) }
/^[a-z][a-z-]*:.*## / {
    name = $0; sub(/:.*/, "", name)
    text = $0; sub(/^[^#]*## /, "", text)
    printf "  %-12s %s\n", name, text
}
