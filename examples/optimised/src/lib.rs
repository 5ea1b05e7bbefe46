/// How many primes there are below `limit`.
pub fn count_below(limit: usize) -> usize {
    let mut composite = vec![false; limit.max(2)];
    let mut count = 0;
    for candidate in 2..limit {
        if composite[candidate] {
            continue;
        }
        count += 1;
        for multiple in (candidate * candidate..limit).step_by(candidate) {
            composite[multiple] = true;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        assert_eq!(count_below(2), 0);
        assert_eq!(count_below(100), 25);
    }
}
