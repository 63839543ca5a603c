# shellcheck shell=bash
# What a cluster costs, estimated from the checked-in table.

# price ITEM: prints its price; fails where the table has none.
price() {
  awk -F '\t' -v item="$1" '$1 == item { print $3; found = 1 } END { exit !found }' "$CLUSTER_HOME/prices.tsv"
}

# cost_items KIND: prints "count item what" for everything that runs while no job does.
cost_items() {
  case $1 in
    small) printf '%s\n' '1 t3.medium head node' '2 public-ipv4 addresses of NAT gateway and head node' ;;
    comparison) printf '%s\n' '1 t3.medium head node' '2 public-ipv4 addresses of NAT gateway and head node' ;;
    x86) printf '%s\n' '1 c7i.xlarge head node' '1 t3.medium login node' '1 load-balancer in front of login nodes' \
      '3 public-ipv4 addresses of NAT gateway, login node and load balancer' ;;
    graviton) printf '%s\n' '1 c7g.xlarge head node' '1 t4g.medium login node' '1 load-balancer in front of login nodes' \
      '3 public-ipv4 addresses of NAT gateway, login node and load balancer' ;;
    batch) printf '%s\n' '1 public-ipv4 address of NAT gateway' ;;
  esac
  echo '1 nat-gateway for the private subnet'
  case $1 in
    small | comparison) echo '95 ebs-gp3 GiB of head node and /shared' ;;
    x86 | graviton) printf '%s\n' '90 ebs-gp3 GiB of head and login node' "${P[FSX_GIB]} fsx-lustre-persistent2-125 GiB of /shared" ;;
  esac
}

# print_cost: a table on standard output; everything in it is an estimate.
print_cost() {
  local table=$CLUSTER_HOME/prices.tsv node queues=1
  echo "Estimated cost of $KIND '${P[CLUSTER]}', in US dollars per hour, while no job runs:"
  cost_items "$KIND" | awk -F '\t' -v table="$table" '
    BEGIN { while ((getline line < table) > 0) if (line !~ /^#/) { split(line, f, "\t"); unit[f[1]] = f[2]; usd[f[1]] = f[3] } }
    {
      split($0, w, " "); rest = substr($0, length(w[1]) + length(w[2]) + 3)
      if (!(w[2] in usd)) { print "no price of " w[2] > "/dev/stderr"; exit 1 }
      # A month of the price list has 730 hours.
      cost = w[1] * usd[w[2]] / (unit[w[2]] == "gib-month" ? 730 : 1); sum += cost
      printf "  %8.4f  %s %s %s\n", cost, w[1], w[2], rest
    }
    END { printf "  %8.4f  together: about %.0f a month of 730 hours\n", sum, sum * 730 }'
  [[ $KIND != comparison ]] || queues=2
  if node=$(price "${P[COMPUTE_TYPE]}"); then
    awk -v node="$node" -v most=$((queues * P[MAX_NODES])) -v type="${P[COMPUTE_TYPE]}" 'BEGIN {
      printf "While jobs run, each %s adds %.4f; at most %d of them, %.2f.\n", type, node, most, node * most }'
    if [[ ${P[PRICE_CLASS]} == spot ]]; then
      echo "That is the price on demand. Spot's is lower and changes: aws ec2 describe-spot-price-history --instance-types ${P[COMPUTE_TYPE]}"
    fi
  else
    echo "While jobs run, compute nodes cost more: there is no estimate of ${P[COMPUTE_TYPE]} in ${table#"$WEFT_ROOT"/}."
  fi
  echo "Not counted: traffic through the NAT gateway and out of AWS, S3, logs, taxes, AWS Batch and ParallelCluster themselves (free)."
  echo "Estimates for Ohio, or where AWS does not sell the type there for N. Virginia, of July and August 2026 (${table#"$WEFT_ROOT"/}); yours is ${P[REGION]}."
}
