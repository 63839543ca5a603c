# shellcheck shell=bash
# Filling a cluster's template in.

# render FILE: prints it with each ${NAME} replaced by the parameter, and with the lines that are a choice where it was made.
# Values were checked against patterns without quotes and line ends: none can become YAML.
render() {
  local line name option
  local -A chosen=()
  [[ ${P[PRICE_CLASS]} != spot ]] || chosen[spot]=1
  [[ -z ${P[PUBLISH_POLICY]} ]] || chosen[publish]=1
  while IFS= read -r line; do
    if [[ $line =~ ^#([a-z]+)#(.*)$ ]]; then
      option=${BASH_REMATCH[1]}
      # What was not chosen stays, as the comment that it is.
      if [[ -n ${chosen[$option]:-} ]]; then line=${BASH_REMATCH[2]}; fi
    fi
    if [[ ! $line =~ ^[[:space:]]*# ]]; then
      while [[ $line =~ \$\{([A-Z0-9_]+)\} ]]; do
        name=${BASH_REMATCH[1]}
        [[ -n ${P[$name]:-} ]] || die "$EXIT_USAGE" "${1#"$WEFT_ROOT"/} wants $name, and nothing says what it is."
        line=${line//"\${$name}"/"${P[$name]}"}
      done
    fi
    printf '%s\n' "$line"
  done <"$1"
}

template_of() {
  printf '%s/clusters/%s.yaml\n' "$CLUSTER_HOME" "$1"
}
