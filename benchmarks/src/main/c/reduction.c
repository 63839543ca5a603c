/* What io.weft.comm.fabric.Reduction does with two vectors, in C: into[i] = into[i] op from[i]. */
int weft_sum_double(double *restrict into, const double *restrict from, long count);
int weft_min_double(double *restrict into, const double *restrict from, long count);
int weft_sum_int(int *restrict into, const int *restrict from, long count);

int weft_sum_double(double *restrict into, const double *restrict from, long count)
{
    for (long i = 0; i < count; i++)
        into[i] += from[i];
    return 0;
}

/* Without a care for NaN and -0, which Java has. */
int weft_min_double(double *restrict into, const double *restrict from, long count)
{
    for (long i = 0; i < count; i++)
        into[i] = from[i] < into[i] ? from[i] : into[i];
    return 0;
}

int weft_sum_int(int *restrict into, const int *restrict from, long count)
{
    for (long i = 0; i < count; i++)
        into[i] += from[i];
    return 0;
}
